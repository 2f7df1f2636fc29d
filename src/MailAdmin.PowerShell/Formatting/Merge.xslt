<?xml version="1.0" encoding="utf-8"?>
<!--
  Makes one file of several: the views of all in the order given. Whatever a view shows may come from strangers, so each value goes through
  DisplayText, which makes control characters visible. A script that does so itself, as one with several lines must, is left as it is.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:msxsl="urn:schemas-microsoft-com:xslt" exclude-result-prefixes="msxsl">
  <xsl:output method="xml" encoding="utf-8" indent="yes" />
  <xsl:strip-space elements="*" />

  <xsl:template match="/files">
    <!-- What has no server of its own: connections, and what is only a part of another object. -->
    <xsl:variable name="parts">MailAdmin.PowerShell.Sessions.MailConnection MailAdmin.Client.MailDmarcRecord MailAdmin.Client.MailTlsPolicy MailAdmin.Client.MailTlsFailure MailAdmin.Client.MailSpamTag MailAdmin.Client.MailObjectProperty </xsl:variable>
    <xsl:variable name="views">
      <xsl:apply-templates select="document(file)/Configuration/ViewDefinitions/View" />
    </xsl:variable>
    <Configuration>
      <ViewDefinitions>
        <xsl:copy-of select="$views" />
        <xsl:apply-templates select="msxsl:node-set($views)/View[not(contains($parts, concat(ViewSelectedBy/TypeName, ' ')))]" mode="several" />
      </ViewDefinitions>
    </Configuration>
  </xsl:template>

  <!-- What says that an object has the only copy of a secret, above the table, is said above the list too. -->
  <xsl:template match="View[TableControl and GroupBy/ScriptBlock = &quot;'secret'&quot;]">
    <xsl:copy>
      <xsl:apply-templates select="*" />
    </xsl:copy>
    <xsl:variable name="headers" select="TableControl/TableHeaders/TableColumnHeader" />
    <View>
      <Name><xsl:value-of select="Name" />List</Name>
      <xsl:apply-templates select="ViewSelectedBy|GroupBy" />
      <ListControl>
        <ListEntries>
          <ListEntry>
            <ListItems>
              <xsl:for-each select="TableControl/TableRowEntries/TableRowEntry[1]/TableColumnItems/TableColumnItem">
                <xsl:variable name="column" select="position()" />
                <ListItem>
                  <Label><xsl:value-of select="$headers[$column]/Label" /></Label>
                  <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue(<xsl:choose>
                    <xsl:when test="PropertyName">$_.<xsl:value-of select="PropertyName" /></xsl:when>
                    <xsl:otherwise>$(<xsl:value-of select="ScriptBlock" />)</xsl:otherwise>
                  </xsl:choose>)</ScriptBlock>
                </ListItem>
              </xsl:for-each>
            </ListItems>
          </ListEntry>
        </ListEntries>
      </ListControl>
    </View>
  </xsl:template>

  <xsl:template match="*">
    <xsl:copy>
      <xsl:apply-templates select="*|text()" />
    </xsl:copy>
  </xsl:template>

  <!--
    Each view once more, with the server, for what a command to several servers has returned (ServerViews.cs): a list has a line more, a table has a heading for each server.
  -->
  <xsl:template match="*" mode="several">
    <xsl:copy>
      <xsl:apply-templates select="*|text()" mode="several" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="View/Name|ViewSelectedBy/TypeName" mode="several">
    <xsl:copy><xsl:value-of select="." />#SeveralServers</xsl:copy>
  </xsl:template>

  <xsl:template match="View[not(GroupBy) and not(ListControl)]/ViewSelectedBy" mode="several">
    <xsl:copy>
      <xsl:apply-templates select="*" mode="several" />
    </xsl:copy>
    <GroupBy>
      <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue($_.Server)</ScriptBlock>
      <Label>Server</Label>
    </GroupBy>
  </xsl:template>

  <xsl:template match="GroupBy/ScriptBlock" mode="several">
    <ScriptBlock>"$(<xsl:value-of select="." />) on $([MailAdmin.Client.DisplayText]::CleanValue($_.Server))"</ScriptBlock>
  </xsl:template>

  <!-- A heading of words has the server below them. -->
  <xsl:template match="GroupBy//CustomItem" mode="several">
    <xsl:copy>
      <xsl:apply-templates select="*" mode="several" />
      <NewLine />
      <Text>Server: </Text>
      <ExpressionBinding>
        <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue($_.Server)</ScriptBlock>
      </ExpressionBinding>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="ListItems" mode="several">
    <xsl:copy>
      <ListItem>
        <Label>Server</Label>
        <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue($_.Server)</ScriptBlock>
      </ListItem>
      <xsl:apply-templates select="*" mode="several" />
    </xsl:copy>
  </xsl:template>

  <!-- A column that is a script has no label of its own. -->
  <xsl:template match="TableColumnHeader[not(Label)]">
    <xsl:variable name="column" select="count(preceding-sibling::TableColumnHeader) + 1" />
    <xsl:variable name="property" select="../../TableRowEntries/TableRowEntry[1]/TableColumnItems/TableColumnItem[$column]/PropertyName" />
    <xsl:copy>
      <xsl:if test="$property">
        <Label><xsl:value-of select="$property" /></Label>
      </xsl:if>
      <xsl:apply-templates select="*" />
    </xsl:copy>
  </xsl:template>

  <xsl:template match="ListItem[PropertyName and not(Label)]|GroupBy[PropertyName and not(Label)]">
    <xsl:copy>
      <xsl:apply-templates select="ItemSelectionCondition" />
      <Label><xsl:value-of select="PropertyName" /></Label>
      <xsl:apply-templates select="*[not(self::ItemSelectionCondition)]" />
    </xsl:copy>
  </xsl:template>

  <!--
    PowerShell wraps within words. Where lines wrap, they are wrapped between words here; the last column has the rest of the window.
  -->
  <xsl:template match="TableRowEntry[Wrap]/TableColumnItems/TableColumnItem">
    <xsl:variable name="column" select="count(preceding-sibling::TableColumnItem) + 1" />
    <xsl:variable name="header" select="ancestor::TableControl/TableHeaders/TableColumnHeader[$column]" />
    <xsl:variable name="value">
      <xsl:choose>
        <xsl:when test="PropertyName">$_.<xsl:value-of select="PropertyName" /></xsl:when>
        <xsl:otherwise>$(<xsl:value-of select="ScriptBlock" />)</xsl:otherwise>
      </xsl:choose>
    </xsl:variable>
    <xsl:copy>
      <xsl:choose>
        <xsl:when test="$header/Width and not($header/Alignment)">
          <ScriptBlock>[MailAdmin.Client.DisplayText]::Wrap(<xsl:value-of select="$value" />, <xsl:value-of select="$header/Width" />)</ScriptBlock>
        </xsl:when>
        <xsl:when test="not($header/Width)">
          <ScriptBlock>[MailAdmin.Client.DisplayText]::Wrap(<xsl:value-of select="$value" />, $Host.UI.RawUI.BufferSize.Width, <xsl:value-of select="sum($header/../TableColumnHeader/Width) + count($header/preceding-sibling::*)" />)</ScriptBlock>
        </xsl:when>
        <xsl:otherwise>
          <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue(<xsl:value-of select="$value" />)</ScriptBlock>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:copy>
  </xsl:template>

  <!--
    Of what tells one object from another, both ends are kept where the column is too narrow: accounts of one beginning, and keys of one account, would look alike.
  -->
  <xsl:template match="TableRowEntry[not(Wrap)]/TableColumnItems/TableColumnItem[PropertyName and contains(' Name Account Domain Source Id ', concat(' ', PropertyName, ' '))]">
    <xsl:variable name="column" select="count(preceding-sibling::TableColumnItem) + 1" />
    <xsl:variable name="header" select="ancestor::TableControl/TableHeaders/TableColumnHeader[$column]" />
    <xsl:copy>
      <xsl:choose>
        <xsl:when test="$header/Width and not($header/Alignment)">
          <ScriptBlock>[MailAdmin.Client.DisplayText]::Shorten($_.<xsl:value-of select="PropertyName" />, <xsl:value-of select="$header/Width" />)</ScriptBlock>
        </xsl:when>
        <xsl:otherwise>
          <xsl:apply-templates select="*" />
        </xsl:otherwise>
      </xsl:choose>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="TableColumnItem/PropertyName|ListItem/PropertyName|WideItem/PropertyName|GroupBy/PropertyName">
    <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue($_.<xsl:value-of select="." />)</ScriptBlock>
  </xsl:template>

  <xsl:template match="TableColumnItem/ScriptBlock[not(contains(., 'DisplayText'))]|ListItem/ScriptBlock[not(contains(., 'DisplayText'))]|GroupBy/ScriptBlock[not(contains(., 'DisplayText'))]">
    <ScriptBlock>[MailAdmin.Client.DisplayText]::CleanValue($(<xsl:value-of select="." />))</ScriptBlock>
  </xsl:template>
</xsl:stylesheet>
